use super::redact;

#[test]
fn secrets_go() {
    for (text, clean) in [
        ("my password is hunter2 and it fails", "my password is [removed] and it fails"),
        ("password: hunter2", "password: [removed]"),
        ("pwd=hunter2", "pwd=[removed]"),
        ("key sk_live_51Habcdef", "key [removed]"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer [removed]"),
        ("my bearer token 4f9a8b7c6d is refused", "my bearer token [removed] is refused"),
        ("eyJhbGciOi.eyJzdWIi.SflKxw", "[removed]"),
        ("card 4111 1111 1111 1111 refused", "card [removed] refused"),
        ("4111111111111111", "[removed]"),
        ("https://u:pw@h.example/a", "https://[removed]@h.example/a"),
        ("https://h.example/a?email=jo@x.example&id=7", "https://h.example/a?email=[removed]&id=7"),
        ("https://h.example/users/jo@x.example/edit", "https://h.example/users/[removed]/edit"),
        ("https://h.example/u/jo%40x.example", "https://h.example/u/[removed]"),
        (r#"{"token":"abc","id":"7"}"#, r#"{"token":"[removed]","id":"7"}"#),
        (r#""password": "correct horse battery", "id": 7"#, r#""password": "[removed]", "id": 7"#),
        ("Cookie: sid=a1b2; theme=dark\nnext", "Cookie: sid=[removed]; theme=[removed]\nnext"),
        ("postgres://app:p/w#1@db.example:5432/main", "postgres://[removed]@db.example:5432/main"),
        (
            "Server=db;User Id=sa;Password=a/b:c;Encrypt=yes",
            "Server=db;User Id=sa;Password=[removed];Encrypt=yes",
        ),
        ("curl -u jo:hunter2 https://h.example", "curl -u jo:[removed] https://h.example"),
        (
            "https://h.example/?next=%2Fa%3Ftoken%3Dabc%26x%3D1",
            "https://h.example/?next=%2Fa%3Ftoken%3D[removed]%26x%3D1",
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nafter",
            "-----BEGIN RSA PRIVATE KEY-----\n[removed]\n-----END RSA PRIVATE KEY-----\nafter",
        ),
    ] {
        assert_eq!(redact(text), clean);
        assert_eq!(redact(clean), clean, "cleaning twice changes nothing");
    }
}

#[test]
fn what_support_needs_stays() {
    for text in [
        "SIP/2.0 486 Busy Here",
        "SYNC_001 and RATE_001",
        "error code: SYNC_001, code=486, key: RATE_001",
        "opportunity 0065g00000QkNzGAAV",
        "7f9c2ba4-e88f-11d3-9a0c-0305e82c3301",
        "https://app.example/sessions?session=7f9c2ba4-e88f-11d3-9a0c-0305e82c3301",
        "52.91.14.224/32 at 2026-01-22T11:00:00Z",
        "call at 10:15, campaign 4711-0815",
        "write to jo@x.example please",
        "E-mail: jo@x.example",
        "https://app.example/settings/billing?page=2",
        "password reset does not arrive",
        "my password is not accepted, the token is expired",
        "token_type=bearer",
        "author: Jane, authority: none",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "time 1769079600000 and order 5f0000000000000000000001",
        "key `sk_` begins every key",
    ] {
        assert_eq!(redact(text), text);
    }
}
