"""What each command and the listener to messages do, as people see it."""
