--TEST--
The shared vectors: each text reads as it says, each input is sent or refused as it says
--FILE--
<?php
require __DIR__ . '/support/vectors.php';

run_vectors(setting('IZLY_VECTORS'));
--EXPECT--
left out: api-key-parts-plain: PHP has no key in two parts
left out: api-key-parts-spaces-and-colons: PHP has no key in two parts
left out: api-key-parts-padding: PHP has no key in two parts
left out: api-key-parts-colon-in-identifier: PHP has no key in two parts
left out: api-key-parts-accent: PHP has no key in two parts
left out: api-key-parts-crlf: PHP has no key in two parts
left out: api-key-parts-empty-identifier: PHP has no key in two parts
left out: api-key-parts-empty-secret: PHP has no key in two parts
left out: api-key-parts-secret-newline: PHP has no key in two parts
left out: create-url-host-case: is about a host name or a default port, and the canned server has neither
left out: create-url-default-port: is about a host name or a default port, and the canned server has neither
left out: create-url-port-overflow: is about a host name or a default port, and the canned server has neither
left out: create-url-homoglyph: is about a host name or a default port, and the canned server has neither
left out: request-create-callback-pairs-empty-value: a PHP array has each name once
ran: 688
left out: 14
wrong: 0
