import FetchCore
import ModelsLab
import ModelsLabFaceGen

extension DocumentedOperation {
    /// The operations below `/api/v1/enterprise`. Three documents describe the same one.
    static let enterprise = [
        Self(
            ["enterprise-api_3d-api"],
            ModelsLabFamily<String>("modelslab.enterprise.3d", api: .enterprise, path: "3d/fetch/{id}"),
            "POST v1/enterprise/3d/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_face-gen"],
            ModelsLabFaceGenEndpoint(),
            "POST v1/enterprise/face_gen/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_faceswap"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.faceswap",
                api: .enterprise,
                path: "faceswap/fetch",
                idField: "id"
            ),
            "POST v1/enterprise/faceswap/fetch",
            .string,
            idField: "id"
        ),
        Self(
            ["enterprise-api_flux", "enterprise-api_flux-2-dev", "enterprise-api_z-image-turbo"],
            ModelsLabFamily<String>("modelslab.enterprise.flux", api: .enterprise, path: "flux/fetch/{id}"),
            "POST v1/enterprise/flux/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_flux-headshot"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.flux_headshot",
                api: .enterprise,
                path: "flux_headshot/fetch/{id}"
            ),
            "POST v1/enterprise/flux_headshot/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_flux-klein"],
            ModelsLabFamily<String>("modelslab.enterprise.flux_klein", api: .enterprise, path: "flux_klein/fetch/{id}"),
            "POST v1/enterprise/flux_klein/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_flux-kontext-dev"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.flux_kontext_dev",
                api: .enterprise,
                path: "flux_kontext_dev/fetch/{id}"
            ),
            "POST v1/enterprise/flux_kontext_dev/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_image-editing"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.image_editing",
                api: .enterprise,
                path: "image_editing/fetch/{id}"
            ),
            "POST v1/enterprise/image_editing/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_image-to-video-ultra"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.image_to_video_ultra",
                api: .enterprise,
                path: "image_to_video_ultra/fetch/{id}"
            ),
            "POST v1/enterprise/image_to_video_ultra/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_interior"],
            ModelsLabFamily<String>("modelslab.enterprise.interior", api: .enterprise, path: "interior/fetch/{id}"),
            "POST v1/enterprise/interior/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_qwen"],
            ModelsLabFamily<String>("modelslab.enterprise.qwen", api: .enterprise, path: "qwen/fetch/{id}"),
            "POST v1/enterprise/qwen/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_realtime"],
            ModelsLabFamily<String>("modelslab.enterprise.realtime", api: .enterprise, path: "realtime/fetch/{id}"),
            "POST v1/enterprise/realtime/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_speech-to-text"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.speech_to_text",
                api: .enterprise,
                path: "speech_to_text/fetch/{id}"
            ),
            "POST v1/enterprise/speech_to_text/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_super-resolution"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.super-resolution",
                api: .enterprise,
                path: "super-resolution/fetch/{id}"
            ),
            "POST v1/enterprise/super-resolution/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_text-to-image"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.images",
                api: .enterprise,
                path: "fetch",
                idField: "request_id"
            ),
            "POST v1/enterprise/fetch",
            .string,
            idField: "request_id"
        ),
        Self(
            ["enterprise-api_text-to-speech"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.text_to_speech",
                api: .enterprise,
                path: "text_to_speech/fetch/{id}"
            ),
            "POST v1/enterprise/text_to_speech/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_text-to-video-ultra"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.text-to-video-ultra",
                api: .enterprise,
                path: "text-to-video-ultra/fetch/{id}"
            ),
            "POST v1/enterprise/text-to-video-ultra/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_uncensored-chat"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.uncensored-chat",
                api: .enterprise,
                path: "uncensored-chat/fetch/{id}"
            ),
            "POST v1/enterprise/uncensored-chat/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_video"],
            ModelsLabFamily<String>("modelslab.enterprise.video", api: .enterprise, path: "video/fetch/{id}"),
            "POST v1/enterprise/video/fetch/{id}",
            .string
        ),
        Self(
            ["enterprise-api_voice-cloning"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.voice-cloning",
                api: .enterprise,
                path: "voice-cloning/fetch/{id}"
            ),
            "POST v1/enterprise/voice-cloning/fetch/{id}",
            .string
        ),
    ]
}
