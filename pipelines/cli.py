"""Perintah `capaian`."""
