"""The service: the SPARQL protocol, query workers that can be killed, one shape of error."""
