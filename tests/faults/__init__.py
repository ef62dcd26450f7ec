"""`make fault`: what a power cut, a full disk and a strange workbook do to a working folder, tried by the thousand.

Everything is drawn from one seed, so that a campaign is run again as it was; an input that was not held is kept.
"""
