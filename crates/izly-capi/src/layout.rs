//! The layout of every struct on 64-bit systems, pinned: a change that moves a member breaks programs that are compiled
//! already. New members go to the end, and add their line. `bindings/c/tests/test_layout.c` pins the same from C.

use std::mem::{align_of, offset_of};

use crate::callback::{izly_callback, izly_reply};
use crate::client::izly_config;
use crate::convert::izly_date;
use crate::error::izly_error;
use crate::login::{izly_login, izly_tokens, izly_user_details};
use crate::payment::{izly_new_payment, izly_paid_payment, izly_pair, izly_payment, izly_pending_payment, izly_refund};
use crate::ptr::SizedStruct as _;

// The sizes that the first release's programs give: they never grow, or those programs would be refused.
const _: () = assert!(izly_config::FIRST == 104 && izly_new_payment::FIRST == 72);

/// Fails to compile where a member is not where it was.
macro_rules! pinned {
    ($($name:ident = $size:literal { $($member:ident: $offset:literal),* $(,)? })*) => {
        $(
            const _: () = assert!(size_of::<$name>() == $size && align_of::<$name>() == 8);
            $(const _: () = assert!(offset_of!($name, $member) == $offset);)*
        )*
    };
}

pinned! {
    izly_date = 40 {
        text: 0,
        year: 8,
        month: 12,
        day: 16,
        hour: 20,
        minute: 24,
        second: 28,
        nanosecond: 32,
    }
    izly_callback = 192 {
        struct_size: 0,
        operation_id: 8,
        order_id: 16,
        untrusted_transaction_id: 24,
        untrusted_amount_text: 32,
        untrusted_date: 40,
        untrusted_status: 80,
        untrusted_status_text: 88,
        untrusted_message: 96,
        untrusted_callback_parameters: 104,
        untrusted_beneficiary_account_id: 112,
        untrusted_beneficiary_identifier: 120,
        untrusted_user_account_id: 128,
        untrusted_user_email: 136,
        untrusted_user_client_code: 144,
        untrusted_user_affectation_number: 152,
        untrusted_has_error_code: 160,
        untrusted_error_code: 168,
        untrusted_error_message: 176,
        extra_json: 184,
    }
    izly_error = 104 {
        struct_size: 0,
        status: 8,
        outcome: 12,
        retry: 16,
        http_status: 20,
        api_code: 24,
        retry_after_seconds: 32,
        message: 40,
        field: 48,
        call: 56,
        phase: 64,
        api_message: 72,
        title: 80,
        oauth_error: 88,
        excerpt: 96,
    }
    izly_reply = 32 {
        struct_size: 0,
        http_status: 8,
        content_type: 16,
        body: 24,
    }
    izly_config = 104 {
        struct_size: 0,
        api_key: 8,
        environment: 16,
        app_identifier: 24,
        ca_file: 32,
        proxy: 40,
        application: 48,
        deadline_ms: 56,
        connect_timeout_ms: 60,
        max_body_bytes: 64,
        no_reuse: 72,
        roots: 76,
        content_type: 80,
        reply_amounts: 84,
        refund_slash: 88,
        state_policy: 92,
        language: 96,
    }
    izly_login = 24 {
        struct_size: 0,
        url: 8,
        state: 16,
    }
    izly_tokens = 56 {
        struct_size: 0,
        access_token: 8,
        refresh_token: 16,
        token_type: 24,
        expires_in: 32,
        scope: 40,
        extra_json: 48,
    }
    izly_user_details = 128 {
        struct_size: 0,
        right_holder_id: 8,
        izly_id: 16,
        company: 24,
        rate: 32,
        academic_year: 40,
        employer: 48,
        institution_code: 56,
        component_code: 64,
        student_code: 72,
        ine: 80,
        client_code: 88,
        client_type: 96,
        affectation_number: 104,
        id: 112,
        extra_json: 120,
    }
    izly_pair = 16 {
        name: 0,
        value: 8,
    }
    izly_new_payment = 72 {
        struct_size: 0,
        order_id: 8,
        amount_cents: 16,
        message: 24,
        callback_parameters: 32,
        callback_pairs: 40,
        callback_pair_count: 48,
        redirect_url: 56,
        has_software: 64,
        software: 68,
    }
    izly_pending_payment = 144 {
        struct_size: 0,
        operation_id: 8,
        order_id: 16,
        amount_cents: 24,
        authorization_url: 32,
        transaction_id: 40,
        date: 48,
        status: 88,
        status_text: 96,
        message: 104,
        callback_parameters: 112,
        beneficiary_account_id: 120,
        beneficiary_identifier: 128,
        extra_json: 136,
    }
    izly_payment = 168 {
        struct_size: 0,
        operation_id: 8,
        order_id: 16,
        amount_cents: 24,
        status: 32,
        status_text: 40,
        transaction_id: 48,
        date: 56,
        message: 96,
        callback_parameters: 104,
        beneficiary_account_id: 112,
        beneficiary_identifier: 120,
        customer_account_id: 128,
        customer_email: 136,
        customer_client_code: 144,
        error_text: 152,
        extra_json: 160,
    }
    izly_paid_payment = 144 {
        struct_size: 0,
        operation_id: 8,
        order_id: 16,
        amount_cents: 24,
        transaction_id: 32,
        date: 40,
        message: 80,
        callback_parameters: 88,
        beneficiary_account_id: 96,
        beneficiary_identifier: 104,
        customer_account_id: 112,
        customer_email: 120,
        customer_client_code: 128,
        extra_json: 136,
    }
    izly_refund = 88 {
        struct_size: 0,
        operation_id: 8,
        order_id: 16,
        amount_cents: 24,
        date: 32,
        transaction_id: 72,
        extra_json: 80,
    }
}
