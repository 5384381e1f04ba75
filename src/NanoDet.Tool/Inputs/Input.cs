using NanoDet.Tool.Video;

namespace NanoDet.Tool.Inputs;

/// <summary>One input for detection.</summary>
/// <param name="Name">Its name in the results: the path as it was written.</param>
/// <param name="Relative">Its path below the folder or pattern that found it, which is also the path of its outputs in the output folder.</param>
/// <param name="Video">The video; null for an image.</param>
internal sealed record Input(string Name, string Relative, VideoSource? Video);
