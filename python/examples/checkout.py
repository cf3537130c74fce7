import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import izly

client = izly.Client.from_env()  # IZLY_ENVIRONMENT and IZLY_API_KEY
order = izly.Order(f"order-{time.time_ns()}", 150)  # your own record, in centimes: store it first


class Callbacks(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            callback = izly.Callback.parse(body)  # proves nothing: anyone can post one
            paid = client.confirm(callback, order, patience=3)  # asks Izly, compares with your own order
            print(f"paid: credit operation {paid.operation_id} once, {paid.amount} euros")
            print("refunded:", client.refund(paid).status)
            reply = self.server.reply = izly.Reply.accepted()
        except izly.Error as error:  # refused, forged, or not decided yet: error.outcome and error.retry tell
            print("not settled:", error)
            reply = izly.Reply.rejected(1, "not settled")
        self.send_response(reply.status)
        self.end_headers()
        self.wfile.write(reply.body)


server = HTTPServer(("127.0.0.1", 8000), Callbacks)  # first: the callback may come at once
pending = client.create_payment(izly.NewPayment(order, message="2 cafés"))
print("approve at", pending.authorization_url, flush=True)
while not hasattr(server, "reply"):
    server.handle_request()
