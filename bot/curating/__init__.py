"""What `/admin` shows, in French, from what the store, the base and the bot hold; its commands are in cogs/admin."""
