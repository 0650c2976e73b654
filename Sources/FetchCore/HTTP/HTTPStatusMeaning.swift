/// The error code, message and remedy for an HTTP status.
struct HTTPStatusMeaning {
    let code: FetchError.Code
    let sentence: String
    var remedy: String?

    init(_ status: Int) {
        switch status {
        case 401:
            self.init(.unauthorized, "the server refused the key", "Check the key and the account that it belongs to.")
        case 402:
            self.init(.paymentRequired, "insufficient balance", "Top up the account or renew its subscription.")
        case 403:
            self.init(.forbidden, "the key has no access to this job", "Use the account that submitted the job.")
        case 404, 410:
            self.init(
                .jobNotFound,
                "the server doesn't know the job",
                "Check the id, the endpoint and the account. The job may also be too new to be visible, or expired."
            )
        case 408:
            self.init(.requestTimeout, "the server didn't process the request in time")
        case 409, 423:
            self.init(.temporarilyRefused, "the job or the account is locked by another operation")
        case 421:
            self.init(.temporarilyRefused, "the request reached a server that isn't responsible for it")
        case 425, 449:
            self.init(.temporarilyRefused, "the server wants the request to be sent again")
        case 429:
            self.init(.rateLimited, "the server limits the request rate", "Poll less often, or fewer jobs at once.")
        case 300..<400:
            self.init(
                .redirected,
                "the server redirected the request, and redirects aren't followed",
                "Use the base URL that the provider documents."
            )
        case 500...:
            self.init(.serverError, "the server failed", "Try again later, or look at the provider's status page.")
        default:
            self.init(.badRequest, "the server refused the request", "Check the id and the endpoint.")
        }
    }

    private init(_ code: FetchError.Code, _ sentence: String, _ remedy: String? = nil) {
        self.code = code
        self.sentence = sentence
        self.remedy = remedy
    }
}
