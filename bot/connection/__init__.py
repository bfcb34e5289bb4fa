"""How the bot comes onto Discord and stays there: links, its commands there, sessions resumed, responses sent once."""
