"""What curators read, in French, made from what the store, the base and the running bot hold."""
