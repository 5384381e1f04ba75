using System.Collections.Immutable;
using NanoDet.Pipeline.Incremental;
using NanoDet.Pipeline.Planning;
using NanoDet.Pipeline.Stages;
using NanoDet.Pipeline.Tests.Stages;
using NanoDet.Testing;

namespace NanoDet.Pipeline.Tests.Incremental;

/// <summary>A setting that the project changed starts a new training, also if the data changed; one that follows the data does not.</summary>
public sealed class ChangedSettingsTests : IDisposable
{
    private readonly TrainedProject _project = new();

    public void Dispose() => _project.Dispose();

    public static TheoryData<string, string, string> Changes => new()
    {
        { "NanoDetEpochs", "60", "schedule.totalEpochs changed from 20 to 60" },
        { "NanoDetBatchSize", "4", "batchSize changed from 8 to 4" },
        { "NanoDetGuidanceEpochs", "3", "model.guidanceEpochs is now 3" },
        { "NanoDetValidationInterval", "5", "schedule.validationInterval changed from 2 to 5" },
        { "NanoDetLearningRate", "0.0005", "schedule.optimizer.learningRate changed from 0.001 to 0.0005" },
        { "NanoDetProgressiveResizing", "true", "train.progressiveResizing.epochs is now 13" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_setting_starts_a_new_training_whatever_else_changed(string property, string value, string reason)
    {
        _project.Overrides[property] = value;
        Assert.Equal($"a new training starts: {reason}", Decide().Words);

        _project.Correct(18);
        Assert.Equal($"a new training starts: {reason}", Decide().Words);

        _project.Correct(3);
        Assert.Equal($"a new training starts: {reason}", Decide().Words);

        _project.Add(77, "nut");
        Assert.Equal($"a new training starts: {reason}", Decide().Words);
    }

    [Fact]
    public void A_setting_that_is_no_longer_set_starts_a_new_training()
    {
        _project.Overrides["NanoDetBatchSize"] = "4";
        Decide();
        _project.Train();
        _project.Overrides.Remove("NanoDetBatchSize");
        _project.Correct(3);

        Assert.Equal("a new training starts: batchSize changed from 4 to 8", Decide().Words);
    }

    [Fact]
    public void A_key_of_the_file_that_changed_starts_a_new_training_whatever_else_changed()
    {
        var yml = File.ReadAllText(Path.Combine(Repository.Root, "tests", "NanoDet.Worker.Tests", "Training", "Configurations", "plus.yml"));
        _project.Folder.Write("my.yml", yml);
        _project.ConfigurationFile = "my.yml";
        _project.Overrides.Clear();
        Decide();
        _project.Train();

        _project.Add(77, "nut");
        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);

        _project.Folder.Write("my.yml", yml.Replace("total_epochs: 5", "total_epochs: 30", StringComparison.Ordinal));
        Assert.Equal("a new training starts: schedule.totalEpochs changed from 5 to 30", Decide().Words);
    }

    [Fact]
    public void A_preset_that_adapts_itself_to_more_or_fewer_images_does_not_start_a_new_training()
    {
        // With pretrained weights, the preset gives fewer images more epochs.
        _project.Folder.Write("start.safetensors", "weights");
        _project.Overrides.Clear();
        _project.Overrides["NanoDetPretrained"] = "start.safetensors";
        _project.Overrides["NanoDetProgressiveResizing"] = "true";
        Decide();
        _project.Train();

        _project.Add(77, "nut");
        var more = _project.Plan();
        Assert.Equal(TrainingWay.FineTune, more.Training!.Decision.Lineage.Way);
        Assert.Contains("schedule.totalEpochs changed from '262' to '247'", Reasons(more));
        Assert.Contains("model.guidanceEpochs changed from '65' to '61'", Reasons(more));
        Assert.Contains("train.progressiveResizing.epochs changed from '174' to '164'", Reasons(more));

        // The same number of epochs that the preset gives, but a wish: the data would not have changed it.
        _project.Overrides["NanoDetEpochs"] = "247";
        Assert.Equal("a new training starts: schedule.totalEpochs changed from 262 to 247", Decide().Words);
        _project.Overrides.Remove("NanoDetEpochs");

        _project.Remove(0);
        _project.Remove(1);
        var fewer = _project.Plan();
        Assert.Equal(TrainingWay.FineTune, fewer.Training!.Decision.Lineage.Way);
        Assert.Contains("schedule.warmup.steps changed from '26' to '13'", Reasons(fewer));
    }

    [Fact]
    public void A_new_class_among_other_images_is_no_setting()
    {
        _project.Classes = ["aglet", "bolt", "nut"];
        _project.Add(77, "aglet");
        Assert.Equal(TrainingWay.FineTune, Decide().Lineage.Way);

        _project.Overrides["NanoDetEpochs"] = "60";
        Assert.Equal("a new training starts: schedule.totalEpochs changed from 20 to 60", Decide().Words);
    }

    [Fact]
    public void The_policy_finetune_trains_for_a_changed_setting_and_never_tells_it()
    {
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.FineTune };
        _project.Overrides["NanoDetEpochs"] = "60";
        _project.Overrides["NanoDetGuidanceEpochs"] = "3";
        _project.Correct(18);
        var decision = Decide();
        Assert.Equal((false, TrainingWay.FineTune), (decision.TakesWeights, decision.Lineage.Way));
        Assert.Equal("only validation images changed; schedule.totalEpochs changed from 20 to 60", decision.Reason);

        TinyVoc.WritePair(_project.Folder, 18, "bolt", "img18");
        _project.Settings = new IncrementalSettings { Policy = IncrementalPolicy.Never };
        Assert.Equal("NanoDetIncremental is 'never', but schedule.totalEpochs changed from 20 to 60", Decide().Reason);
    }

    [Fact]
    public void A_smaller_input_at_first_is_part_of_the_key()
    {
        string Key()
        {
            _project.Plan();
            return WantedKey.Of(_project.Folder["obj"], "train");
        }

        var before = Key();
        _project.Overrides["NanoDetProgressiveResizing"] = "true";
        Assert.NotEqual(before, Key());
    }

    private TrainingDecision Decide()
    {
        var plan = _project.Plan();
        Assert.Equal(StageAction.Run, plan.Stages.Single(stage => stage.Name == "train").Action);
        return plan.Training!.Decision;
    }

    private static ImmutableArray<string> Reasons(PlanResult plan) => plan.Stages.Single(stage => stage.Name == "train").Reasons;
}
