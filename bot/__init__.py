"""The shell around the engine: command line, settings, Discord client and store."""
