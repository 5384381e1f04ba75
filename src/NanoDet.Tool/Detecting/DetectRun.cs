using NanoDet.Core.Diagnostics;
using NanoDet.Detection;
using NanoDet.Imaging;
using NanoDet.Tool.Inputs;
using NanoDet.Tool.Results;
using NanoDet.Tool.Terminal;
using NanoDet.Tool.Video;

namespace NanoDet.Tool.Detecting;

/// <summary>Runs the detector on all inputs: first the images, then the videos one by one.</summary>
/// <param name="detector">The model.</param>
/// <param name="writer">Takes the results.</param>
/// <param name="output">Draws the results; null for no drawing.</param>
/// <param name="problems">Takes the failures; the other inputs are processed.</param>
internal sealed class DetectRun(Detector detector, ResultWriter writer, AnnotatedOutput? output, ProblemList problems)
{
    /// <summary>For videos: use only every n-th frame.</summary>
    public int Every { get; init; } = 1;

    /// <summary>The largest number of frames of a video; null for all.</summary>
    public int? MaxFrames { get; init; }

    /// <summary>Whether to show neither progress nor speed.</summary>
    public bool Quiet { get; init; }

    /// <summary>Called after each result; ends the run by an exception. Null for nothing.</summary>
    public Action? Continue { get; init; }

    /// <summary>Whether the writer got a result.</summary>
    public bool HasResults { get; private set; }

    /// <summary>Detects.</summary>
    public async Task RunAsync(IReadOnlyCollection<Input> inputs, CancellationToken cancellation)
    {
        var pictures = inputs.Where(input => input.Video is null).ToList();
        if (pictures.Count > 0)
        {
            await WorkProgress.RunAsync("images", pictures.Count, Quiet, step => DetectPicturesAsync(pictures, step, cancellation));
        }

        foreach (var input in inputs.Where(input => input.Video is not null))
        {
            try
            {
                await DetectVideoAsync(input, input.Video!, cancellation);
            }
            catch (NanoDetException exception) when (exception.Diagnostic.Code is not ("NDB6010" or "NDB6011"))
            {
                problems.Add(exception.Diagnostic);
            }
        }
    }

    private async Task DetectPicturesAsync(List<Input> pictures, Action step, CancellationToken cancellation)
    {
        await foreach (var result in detector.DetectAsync(pictures, input => ImageDecoder.Load(input.Name), cancellation))
        {
            if (result.Image is { } image)
            {
                CutPicture.Tell(result.Source.Name, problems.Add);
                Take(new DetectedPicture(result.Source, image, result.Detections));
            }
            else
            {
                problems.Add(result.Problem!);
                writer.Skip(result.Source.Name);
            }

            step();
        }
    }

    private void Take(DetectedPicture picture)
    {
        HasResults = true;
        try
        {
            writer.Write(picture);
            output?.Save(picture);
        }
        catch (NanoDetException exception)
        {
            problems.Add(exception.Diagnostic);
        }

        Continue?.Invoke();
    }

    private async Task DetectVideoAsync(Input input, VideoSource source, CancellationToken cancellation)
    {
        var format = await VideoFormat.ProbeAsync(source, cancellation);
        using var reader = new VideoReader(source, format);
        using var stop = cancellation.Register(reader.Stop);
        using var video = output?.Begin(input, format);
        var frames = reader.Frames().Where(frame => frame.Index % Every == 0);
        var total = format.FrameCount / Every;
        if (MaxFrames is { } most)
        {
            frames = frames.Take(most);
            total = Math.Min(total ?? most, most);
        }

        try
        {
            await WorkProgress.RunAsync("frames", total, Quiet, async step =>
            {
                await foreach (var result in detector.DetectAsync(frames, frame => frame.Image, cancellation))
                {
                    var (frame, found) = (result.Source, result.Detections);
                    HasResults = true;
                    writer.Write(new DetectedPicture(input, frame.Image, found) { Frame = frame.Index, Seconds = frame.Seconds });
                    if (video is not null)
                    {
                        output!.Draw(frame.Image, found);
                        video.Write(frame.Image);
                    }

                    step();
                    Continue?.Invoke();
                }
            });
            video?.Finish();
        }
        catch (OperationCanceledException)
        {
            video?.FinishInterrupted();

            // Ctrl+C is the normal way to stop a camera; for all other inputs, the results are incomplete.
            if (source.Kind == VideoSourceKind.File)
            {
                throw;
            }
        }
    }
}
