import FetchDownload
import Testing

@Suite("Error documents of storage services") struct StorageFailureTests {
    @Test(
        arguments: [
            (
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message>"
                    + "<Expires>2026-01-01T00:00:00Z</Expires></Error>", "AccessDenied", true
            ),
            ("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "AccessDenied", false),
            (
                "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message>", "ExpiredToken",
                true
            ),
            (
                "<Error><Code>NoSuchKey</Code><Message>The key “has expired.png” does not exist</Message>", "NoSuchKey",
                false
            ),
            ("<Error><Code>RequestTimeTooSkewed</Code><Message>x</Message>", "RequestTimeTooSkewed", false),
            (
                "\u{FEFF}<Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate.</Message>"
                    + "<AuthenticationErrorDetail>Signature not valid in the specified time frame: Start [x] - Expiry [y]"
                    + "</AuthenticationErrorDetail></Error>", "AuthenticationFailed", true
            ),
            (
                "<Error><Code>ExpiredToken</Code><Message>Invalid argument.</Message><Details>The provided token has expired. "
                    + "Request signature expired at: 2026</Details></Error>", "ExpiredToken", true
            ),
            (
                "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>has expired</StringToSign>",
                "SignatureDoesNotMatch", false
            ),
            ("<Error><Code>Access Denied</Code>", nil, false), ("<Error><Code></Code>", nil, false),
            ("<Error><Code>Acc", nil, false),
            ("<Code>", nil, false), ("", nil, false), ("<html>AccessDenied Request has expired", nil, false),
            ("<Error><Code>\u{202E}x</Code>", nil, false),
        ] as [(String, String?, Bool)]
    )
    func `the code is read, and whether the link has expired`(text: String, code: String?, hasExpired: Bool) {
        let failure = StorageFailure(text.utf8)
        #expect(failure?.code == code)
        #expect(failure?.hasLinkExpired ?? false == hasExpired)
    }

    @Test func `only the beginning of a long document is read`() {
        let text = String(repeating: " ", count: 5_000) + "<Code>NoSuchKey</Code>"
        #expect(StorageFailure(text.utf8) == nil)
        let long = "<Code>" + String(repeating: "a", count: 65) + "</Code>"
        #expect(StorageFailure(long.utf8) == nil)
    }
}
