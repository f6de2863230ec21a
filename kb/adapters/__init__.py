"""What plugs into the outside: templates now, messages later."""
