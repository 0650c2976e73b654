import FetchCore
import FetchURLSession
import ModelsLab
import ModelsLabVideo

// One question about one job, with a key from the environment.
let client = FetchClient(transport: .urlSession, credentials: .environment)
do {
    let state = try await client.fetch(.modelsLabVideo, id: 12345)
    print(state)
} catch {
    print(error)
}
