import FetchCore
import ModelsLab
import Testing

@Suite struct `Jobs that failed` {
    @Test func `say why, in ModelsLab's words`() async throws {
        let failure = try await Interior.failure(fixture("failed"))
        #expect(failure == JobFailure(.failed, message: "The model could not be run."))
    }

    @Test(arguments: [
        ("failed", JobFailure.Reason.failed), ("error", .failed), ("Error", .failed), ("expired", .expired),
        ("cancelled", .cancelled), ("canceled", .cancelled),
    ])
    func `have a reason`(word: String, reason: JobFailure.Reason) async throws {
        #expect(try await Interior.failure(#"{"status":"\#(word)"}"#) == JobFailure(reason))
    }

    @Test(arguments: [200, 400, 500])
    func `are told from a failed request by the code provider_error, whatever the HTTP status`(
        status: Int
    ) async throws {
        let failure = try await Interior.failure(
            #"{"status":"error","code":"provider_error","message":"Internal server error"}"#,
            status: status
        )
        #expect(failure == JobFailure(message: "Internal server error", code: "provider_error"))
    }

    @Test func `keep a code that nobody knows, where the status is failed`() async throws {
        let failure = try await Interior.failure(
            #"{"status":"failed","error_code":"face_missing","message":"No face."}"#
        )
        #expect(failure == JobFailure(message: "No face.", code: "face_missing"))
    }

    @Test(arguments: [
        "Generation failed, please try again", "CUDA out of memory: memory exhausted", "Insufficient memory",
        "The face was not found", "Error loading the picture",
        "Rate limit exceeded for the safety model", "Internal Server Error", "Your subscription has ended",
        "The face was not found, please subscribe to our newsletter", "The request's video not found",
    ])
    func `aren't mistaken for a failed request or a model being loaded`(message: String) async throws {
        let failure = try await Interior.failure(#"{"status":"failed","message":"\#(message)"}"#)
        #expect(failure.message == message)
    }

    @Test(arguments: ["The monkey is invalid", "You are unsubscribed", "The key points weren't found"])
    func `aren't mistaken for a refused request by half a word`(message: String) async throws {
        #expect(try await Interior.failure(#"{"status":"error","message":"\#(message)"}"#).message == message)
    }

    @Test(
        arguments: [
            (
                #"{"prompt":["It is too long.","It is rude."],"seed":["It is odd."]}"#,
                "It is too long. It is rude. It is odd."
            ),
            (#"["It is too long."]"#, "It is too long."),
            ("17", "17"), ("null", nil), ("\"\"", nil), ("[]", nil), ("{}", nil), ("true", nil),
        ] as [(String, String?)]
    )
    func `may explain themselves by parameter, or not at all`(json: String, message: String?) async throws {
        #expect(try await Interior.failure(#"{"status":"failed","message":\#(json)}"#).message == message)
    }
}
