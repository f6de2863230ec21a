"""The parts of `bench.web`: stores to serve, a server and who asks it, what is measured."""
