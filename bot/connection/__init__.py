"""How the bot comes onto Discord and stays there: links, commands registered, sessions resumed, responses sent once."""
