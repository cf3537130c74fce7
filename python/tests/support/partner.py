"""The partner of the shared vectors."""

from __future__ import annotations

import izly

IDENTIFIER = "Paris-78-78-78-78"
SECRET = "s3cret"
API_KEY = "UGFyaXMtNzgtNzgtNzgtNzg6czNjcmV0"
ORDER = izly.Order("order-42", 150)
OPERATION = 52795

PAID = (
    '{"OperationId":52795,"IdTransactionDebitIzly":32456,"Amount":1.50,"PaymentDate":"2021-12-09T18:53:34.5",'
    '"Message":"2 cafés","OrderId":"order-42","OperationStatus":"Completed","BeneficiarySmoneyId":"6000001",'
    '"BeneficiaryClientId":"Paris-78-78-78-78","CustomerSmoneyId":"6000050616",'
    '"CustomerEmail":"camille.dupont@univ.example","CustomerClientCode":"camilled23","ClientParameters":"order=42",'
    '"Error":"","Fee":0.10}'
)
WAITING = PAID.replace("Completed", "Waiting")
REFUNDED = (
    '{"OperationId":52795,"IdTransactionDebitIzly":32457,"RefundDate":"2021-12-10T08:00:00","Amount":1.50,'
    '"OperationStatus":"Refund","ClientOrderId":"order-42","Fee":0.10}'
)
TOKENS = (
    '{"access_token":"MTs1NjtBQ0NFU1NTRUNSRVQ=","token_type":"Bearer","expires_in":1797,'
    '"refresh_token":"MTs1Njt+UkVGUkVTSCtTRUNSRVQ=","scope":"users_details payments izly_pay","id_token":"x"}'
)
USER = (
    '{"RightHolderId":1255,"IdIzly":"6000050617","Societe":10,"Tarif":"1","AnneeUniv":2025,"RneEtablissement":"0000001A",'
    '"RneComposante":"0000002B","CodeEtu":"202501255","Ine":"1234567890X","CodeClient":"camilled23","TypeClient":"ETU",'
    '"NumeroAffectation":1,"Id":1255,"Ville":"Évry"}'
)
CALLBACK = (
    '{"OperationSMoney":{"Id":52795,"IdTransactionDebitIzly":32456,"Amount":"1.50","Date":"03/05/2021 15:37:30",'
    '"Message":"2 cafés","ClientOrderId":"order-42","Status":"Completed","CallbackParameters":"order=42","fee":"0.10"},'
    '"Beneficiary":{"Id":"6000001","ClientId":"Paris-78-78-78-78"},'
    '"User":{"Id":"6000050616","Email":"camille.dupont@univ.example","ClientCode":"camilled23","NumeroAffectation":"3"},'
    '"Error":{"Code":0,"Message":""}}'
)


def created(base_url: str) -> str:
    """The reply to a new payment, on a server of this address."""
    return (
        f'{{"PaymentAuthorizationUrl":"{base_url}/pay?token=T0tFTg","OperationSMoney":{{"Id":52795,'
        '"IdTransactionDebitIzly":32456,"Amount":"1.50","Date":"03/05/2021 15:37:30","Message":"2 cafés",'
        '"ClientOrderId":"order-42","Status":"Waiting","CallbackParameters":"order=42"},'
        '"Beneficiary":{"Id":"6000001","AppIdentifier":"Paris-78-78-78-78"},"Note":"x"}'
    )


def new_client(base_url: str, *, deadline: float = 15.0) -> izly.Client:
    """A client of the partner's for a server of this address."""
    return izly.Client(API_KEY, base_url, deadline=deadline)
