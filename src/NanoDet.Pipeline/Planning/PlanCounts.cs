namespace NanoDet.Pipeline.Planning;

/// <summary>What a plan looked at, and how much of it had to be read.</summary>
/// <param name="Images">Images of the project.</param>
/// <param name="LabelFiles">Label files of the project.</param>
/// <param name="FilesHashed">Files whose bytes were read to know their hash.</param>
/// <param name="LabelsParsed">Label files that were parsed; the others were known.</param>
/// <param name="HeadersRead">Images whose header was read; the others were known.</param>
public sealed record PlanCounts(int Images, int LabelFiles, int FilesHashed, int LabelsParsed, int HeadersRead);
