/// The places of a job in the provider's response to its submission: its id, the URL that polls it, and its ETA.
///
/// ```swift
/// let submission = SubmissionForm(id: "id", url: "urls.get", .header("Location"), eta: "eta", hasState: true)
/// ```
///
/// With it, an application that holds the response to a submission waits for the job in one line:
/// ``FetchClient/result(continuing:of:policy:)-(_,Endpoint,_)``.
///
/// Of several places, the first one that has a value counts. The places of the id come before those of the URL. An id
/// is a string that isn't empty, or an integer. A URL counts only if the endpoint's own requests have such URLs:
/// ``FetchEndpoint/path`` matches it below the base URL, or the ids are ``PollingURL`` and the client would send the
/// key to it. A relative URL refers to the URL of the submission.
///
/// A literal isn't validated when it is created: registering an endpoint with a malformed form throws, and so does
/// reading a response.
public struct SubmissionForm: Sendable, Hashable {
    /// The places of the id.
    package let id: [SubmissionPlace]

    /// The places of the polling URL.
    package let url: [SubmissionPlace]

    /// The places of the estimated time from the submission to the result, in seconds.
    package let eta: [SubmissionPlace]

    /// The path of the submission's own URL, with placeholders for those parts of the id that the response lacks.
    package let path: PathTemplate?

    /// True if the response also has the state of the job, in the form of a response to a poll.
    package let hasState: Bool

    /// The form of an endpoint that doesn't declare the places. Its jobs are polled by their ids.
    public static let none = Self()

    /// Creates a form.
    ///
    /// - Parameters:
    ///   - id: The places of the id, such as `"id"` or `"data.task_id"`. Defaults to none.
    ///   - url: The places of the URL that polls the job, such as `"urls.get"` or `.header("Location")`. Defaults to
    ///     none.
    ///   - eta: The places of the estimated time from the submission to the result, in seconds. Defaults to none. The
    ///     ETA of a pending state counts too, if `hasState` is true.
    ///   - path: The path of the *submission's* URL below the base URL, such as `videos/{kind}`, for ids of several
    ///     values of which the response has only the last. Its placeholders are those of ``FetchEndpoint/idForm``
    ///     except for one, whose value is at `id`. The URL is ``FetchResponse/url``. Defaults to `nil`: the response
    ///     has the entire id.
    ///   - hasState: Pass true if the response has the form that ``FetchEndpoint/answer(to:from:)`` decodes, such as
    ///     a job object with a status. A job that is done at once is then never polled. Defaults to false: only the
    ///     errors that the function throws for a response without an id count.
    public init(
        id: SubmissionPlace...,
        url: SubmissionPlace...,
        eta: SubmissionPlace...,
        path: PathTemplate? = nil,
        hasState: Bool = false
    ) {
        self.init(places: id, urls: url, etas: eta, path: path, hasState: hasState)
    }

    /// Creates a form from lists of places.
    package init(
        places id: [SubmissionPlace],
        urls url: [SubmissionPlace],
        etas eta: [SubmissionPlace],
        path: PathTemplate?,
        hasState: Bool
    ) {
        (self.id, self.url, self.eta, self.path, self.hasState) = (id, url, eta, path, hasState)
    }
}

extension SubmissionForm {
    /// Throws if the form can't be applied to ids of an endpoint.
    ///
    /// - Parameters:
    ///   - idForm: The form of the endpoint's ids.
    ///   - isURL: True if the ids are URLs.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedEndpoint``.
    func validate(for idForm: IDForm, isURL: Bool) throws(FetchError) {
        guard self != .none else { return }
        for place in id + url + eta { try place.validate() }
        guard !id.isEmpty || !url.isEmpty else {
            throw .malformedForm("names neither an id nor a URL", "Add the place of the id, such as id: \"id\".")
        }
        _ = isURL ? nil : try placeholder(in: idForm)
        if path != nil, isURL { throw .malformedForm("has a path, but the id is a URL", "Remove the path.") }
    }

    /// Returns the placeholder of an id form whose value is at ``id``, or `nil` if the entire id is there.
    func placeholder(in idForm: IDForm) throws(FetchError) -> String? {
        guard let path else { return nil }
        let found = try Set(path.parts().placeholderNames)
        let names = try Set(idForm.parts().placeholderNames)
        let rest = names.subtracting(found)
        guard found.isSubset(of: names), rest.count == 1, !id.isEmpty else {
            throw .malformedForm(
                "has the path \(Excerpt(path.rawValue.withoutQueryValues)), which doesn't leave one value of the id",
                "Write a placeholder of idForm for each value of the id but one."
            )
        }
        return rest.first
    }
}

extension FetchError {
    fileprivate static func malformedForm(_ problem: String, _ remedy: String) -> Self {
        Self(.malformedEndpoint, "the submission form \(problem)", remedy: remedy)
    }
}
