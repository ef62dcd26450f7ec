"""Pengumpulan: PK and plan of an SKPD → the workbook it fills. Draws; reads no file and judges nothing."""
