/// A step on the way of a request through the core.
package struct RequestStep {
    /// The name of the type that takes the step, which is also the name of its file.
    package var type: String

    /// The action, in a few words.
    package var action: String

    /// The way of one request and its response.
    package static let all = [
        RequestStep(type: "FetchClient", action: "names the endpoint and the id"),
        RequestStep(type: "JobScheduler", action: "begins it when it is due, within the limits"),
        RequestStep(type: "RequestPipeline", action: "builds the request of the endpoint"),
        RequestStep(type: "Credentials", action: "provides the key, for its own origin only"),
        RequestStep(type: "FetchTransport", action: "sends it and returns the response"),
        RequestStep(type: "KeyRedaction", action: "redacts the key in the response"),
        RequestStep(type: "FetchEndpoint", action: "decodes the response into a state"),
        RequestStep(type: "JobScheduler", action: "plans the next request, delivers the state"),
    ]
}
