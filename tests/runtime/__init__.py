"""The runtime on its own, against real sockets on loopback."""
