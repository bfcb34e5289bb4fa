"""What buttons and menus do, before and after a restart."""
