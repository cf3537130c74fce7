-- One purchase in five requests: create, read, pay, read, refund. The refund gives the money back for the next one.
local headers = {
  ["Authorization"] = "Basic " .. os.getenv("IZLY_API_KEY"),
  ["AppIdentifier"] = "Sandbox Crous-1-1-1-1",
  ["Content-Type"] = "application/vnd.Xpollens.v1+json",
}
local form = { ["Content-Type"] = "application/x-www-form-urlencoded" }
local credentials = "action=valider&identifiant=riche%40example.fr&mot_de_passe=izly-sandbox"
local step, operation, page = 0, nil, nil

function request()
  step = step % 5 + 1
  if step == 1 or operation == nil then
    step = 1
    return wrk.format("POST", "/api/Izly/WebPayments", headers, '{"Amount":1,"ClientOrderId":"order-42"}')
  elseif step == 3 then
    return wrk.format("POST", page, form, credentials)
  elseif step == 5 then
    return wrk.format("POST", "/api/Izly/WebPayments/" .. operation .. "/Refund?clientOrderId=order-42", headers, "")
  end
  return wrk.format("GET", "/api/Izly/WebPayments/" .. operation, headers)
end

function response(status, _, body)
  local target = body:match('"PaymentAuthorizationUrl":"http://[^/]+([^"]+)"')
  if target then
    page = target
    operation = target:match("WebPayments/(%d+)/")
  end
end
