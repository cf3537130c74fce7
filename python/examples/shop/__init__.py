"""A shop that sells one coffee, without a web framework: what the three example sites share.

A sale is stored before its payment is created (`checkout`), settled once and only on Izly's word (`settlement`), looked
at again when no callback came (`reconciliation`), and given back once (`refunds`). Where sales are kept is a contract
(`sales`) with two keepers: plain SQL (`store`), and Django's models in `django_site`.
"""
