/// A rule that ``EndpointConformance`` checks. Later versions may add rules.
public struct ConformanceRule: Sendable, Hashable, CustomStringConvertible {
    /// The rule's name, such as `keyPlacement`.
    public let description: String

    private init(_ description: String) { self.description = description }
}

// Rules about an endpoint's declaration.
extension ConformanceRule {
    /// The name, the provider, the base URL and the path template are well formed, and the endpoint can be registered
    /// exactly once.
    public static let registration = Self("registration")
    /// The endpoint shares neither its name nor its URLs with the endpoints that it will be registered with.
    public static let noConflicts = Self("noConflicts")
    /// The endpoint's properties return the same values on every access.
    public static let stability = Self("stability")
    /// The name consists of the provider's name, a dot and one more component, such as `modelslab.interior` for the
    /// provider `modelslab`. A job reference then shows which provider's key is sent.
    ///
    /// This is a convention of FetchKit's own endpoints. A registry accepts other names, and a client polls such
    /// endpoints in the same way. For an endpoint with another name, pass `except: [.providerInName]`.
    public static let providerInName = Self("providerInName")
    /// Each stored property with the name of one that `FetchEndpoint` requires has the required type. Swift ignores
    /// another one, such as `let headers = ["X-Version": "1"]`, and uses the default.
    ///
    /// The suite sees stored properties. It sees no computed properties, and of the functions only what
    /// ``missingBody`` says.
    public static let propertyTypes = Self("propertyTypes")
    /// No stored property has nearly the name of one that `FetchEndpoint` requires, such as `httpMethod` or `timeout`,
    /// while the endpoint has the default for that. A property whose value is part of the request isn't reported.
    public static let propertyNames = Self("propertyNames")
    /// The endpoint contains no key in its URL, header fields or body.
    public static let containsNoKey = Self("containsNoKey")
}

// Rules about ids and requests.
extension ConformanceRule {
    /// The test passes at least two different ids.
    public static let sampleIDs = Self("sampleIDs")
    /// An id equals the id that is parsed from its description, matches `idForm`, and can be stored in a job reference.
    public static let idText = Self("idText")
    /// Each id produces a request, and polling by type and by name send the same request.
    public static let request = Self("request")
    /// Different ids produce different requests.
    public static let distinctRequests = Self("distinctRequests")
    /// The registry finds the job by the URL of its request.
    public static let resolvableURL = Self("resolvableURL")
    /// An id that contains a slash, a question mark or a quotation mark changes no other part of the request.
    public static let idStaysInPlace = Self("idStaysInPlace")
    /// The key is at the place that `Authorization` declares, and nowhere else.
    public static let keyPlacement = Self("keyPlacement")
    /// A word before the key, such as `Bearer`, is followed by a space.
    public static let keyPrefix = Self("keyPrefix")
    /// A request with a body isn't a `GET`.
    public static let methodAndBody = Self("methodAndBody")
    /// A request for the status whose method is `POST`, `PUT` or `PATCH` has a body. Swift ignores a function
    /// `body(for:)` that returns another type than `RequestBody?`, and then no body is sent. For a provider that wants
    /// none, pass `except: [.missingBody]`.
    public static let missingBody = Self("missingBody")
}

// Rules about responses.
extension ConformanceRule {
    /// Each fixture is decoded to the state that it is declared as.
    public static let fixtures = Self("fixtures")
    /// Each `succeeded` fixture yields at least one artifact. A misspelt member name of an optional output would
    /// otherwise go unnoticed. For an endpoint whose jobs have no output, pass `except: [.artifacts]`.
    public static let artifacts = Self("artifacts")
    /// No artifact of a `succeeded` fixture is unusable: each link is a complete http or https URL.
    public static let usableLinks = Self("usableLinks")
    /// If the endpoint states `artifactLifetime`, the links of each `succeeded` fixture have an expiry
    /// date.
    public static let linkExpiry = Self("linkExpiry")
    /// Polling ends: at least one response is decoded as a success.
    public static let reachesEnd = Self("reachesEnd")
    /// An unknown status is pending.
    public static let unknownStatus = Self("unknownStatus")
    /// HTTP 401 is an error, not a state of the job, and isn't retryable.
    public static let refusedKey = Self("refusedKey")
    /// HTTP 429 is an error, not a state of the job, and is retryable.
    public static let rateLimit = Self("rateLimit")
    /// HTTP 404 isn't a pending or finished job. The client decides how long it waits for a job that the server doesn't
    /// know yet. For a provider that documents 404 as the response for a pending job, pass `except: [.notFound]`.
    public static let notFound = Self("notFound")
    /// HTTP 5xx with an error page is an error, not a state of the job, and is retryable.
    public static let serverFailure = Self("serverFailure")
    /// A follow-up response with a rejected key, a rate limit, a gateway's error page or an empty body isn't a result.
    public static let followUpErrors = Self("followUpErrors")
    /// Each response to a submission yields the job or the end that it is declared as, and error responses with the
    /// same body yield no job.
    public static let submissions = Self("submissions")
    /// A response with an empty body or a gateway's page doesn't end the job.
    public static let responseWithoutState = Self("responseWithoutState")
}
