"""What comes of a question: answered, asked back or unknown, alone or amid a conversation."""
