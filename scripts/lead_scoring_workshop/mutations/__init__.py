"""Mutants of the compiled SQL: does a test notice each?"""
