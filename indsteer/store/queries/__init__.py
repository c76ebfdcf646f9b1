"""Reading rows into domain values. Every query fetches and finishes: an open cursor blocks the writer."""
