"""Signing in with the company's own account. It opens an account that exists; it never makes one."""
