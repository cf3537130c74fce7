"""The addresses. No slash at the end: they are the same on all three sites."""

from django.urls import path

from django_site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("login", views.login, name="login"),
    path("login/return", views.login_return, name="login_return"),
    path("logout", views.logout, name="logout"),
    path("checkout", views.checkout, name="checkout"),
    path("callback", views.callback, name="callback"),
    path("orders/<str:order_id>", views.order_page, name="order_page"),
    path("orders/<str:order_id>/refund", views.refund, name="refund"),
]
