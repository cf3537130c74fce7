"""What the tests share: a running sandbox, a partner's site, a student, and plain HTTP between them."""
