"""Excel and text files in and out; the only place that knows openpyxl and calamine."""
