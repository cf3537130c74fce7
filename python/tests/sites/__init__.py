"""The three example sites, as real servers, against a real sandbox."""
