"""What is shown, and what buttons and menus do, before and after a restart."""
