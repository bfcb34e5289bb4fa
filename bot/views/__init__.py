"""What the bot shows: cards, buttons, lists and forms, all in Components V2."""
