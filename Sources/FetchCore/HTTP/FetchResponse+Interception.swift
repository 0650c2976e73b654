extension FetchResponse {
    /// The error if a firewall or a bot check in front of the API sent the response in its place. `nil` for any other
    /// response.
    ///
    /// Only header fields that these products document count, since a page of HTML may also be the API's own:
    ///
    /// - [Cloudflare](https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/)
    ///   sets `cf-mitigated: challenge` on a challenge page, usually with status 403.
    /// - [AWS WAF](https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html)
    ///   sets `x-amzn-waf-action` to `challenge` with status 202, or to `captcha` with 405.
    package var interceptionError: FetchError? {
        // A successful poll has another status, and costs no search.
        guard status != 200, let product = interceptor else { return nil }
        var error = FetchError(
            .intercepted,
            "\(product) in front of the API demanded a challenge for browsers, and the API didn't see the request",
            remedy: "If this persists, ask the provider to admit the client's network address to the API."
        )
        error.httpStatus = status
        return error
    }

    private var interceptor: String? {
        if headers["cf-mitigated"]?.lowercased() == "challenge" { return "Cloudflare" }
        let action = headers["x-amzn-waf-action"]?.lowercased()
        return action == "challenge" || action == "captcha" ? "a firewall of AWS" : nil
    }

    /// True if the body is an HTML page, as far as the media type says.
    var isWebPage: Bool { headers["Content-Type"]?.lowercased().hasPrefix("text/html") == true }
}
