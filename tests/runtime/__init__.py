"""Tests of the runtime alone, with real sockets on loopback."""
