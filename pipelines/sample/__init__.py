"""Contoh: a fictional kabupaten with real indicators, as plain data; it writes no file and draws no workbook."""
