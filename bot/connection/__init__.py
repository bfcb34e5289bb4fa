"""How the bot comes onto Discord and stays there: links, its commands, sessions resumed, responses once and in time."""
