"""What a page, a sheet or a command shows: reads the store, calls analysis, gives one frozen answer."""
