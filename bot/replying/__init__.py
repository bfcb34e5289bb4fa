"""From what reaches us to the reply: whether it speaks to us, the card that goes out, what is said where all fails."""
