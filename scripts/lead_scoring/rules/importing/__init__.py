"""Turns a list of points, as people keep it in a spreadsheet, into rule tables.

Nothing is guessed: a row whose words leave something open is listed with what is missing.
"""
