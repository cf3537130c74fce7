from http.server import BaseHTTPRequestHandler, HTTPServer

import izly

client = izly.Client.from_env()  # IZLY_ENVIRONMENT and IZLY_API_KEY
order = izly.Order("order-42", 150)  # your own record, in centimes: store it first


class Callbacks(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        callback = izly.Callback.parse(body)  # proves nothing: anyone can post one
        paid = client.confirm(callback, order, patience=3)  # asks Izly, compares with your own order
        print(f"paid: credit operation {paid.operation_id} once, {paid.amount} euros", flush=True)
        reply = izly.Reply.accepted()
        self.send_response(reply.status)
        self.end_headers()
        self.wfile.write(reply.body)
        print("refunded:", client.refund(paid).status, flush=True)


server = HTTPServer(("127.0.0.1", 8000), Callbacks)  # first: the callback may come at once
pending = client.create_payment(izly.NewPayment(order, message="2 cafés"))
print("approve at", pending.authorization_url, flush=True)
server.handle_request()
