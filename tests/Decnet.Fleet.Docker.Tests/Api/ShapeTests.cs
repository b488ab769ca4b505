namespace Decnet.Fleet.Docker.Tests.Api;

using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Decnet.Fleet.Docker.Api;
using Decnet.Fleet.Docker.Api.Models;
using Decnet.Testing;

/// <summary>
/// The files beside this one hold every field that the documents of an API version name, with a value of its type: the
/// shapes of answers, and of the bodies of requests.
/// </summary>
public sealed class ShapeTests
{
    static readonly string[] Versions = ["1.40", "1.41", "1.44", "1.47", "1.52"];
    static readonly Type[] Answers =
    [
        typeof(EngineVersion), typeof(EngineInfo), typeof(ContainerDetails), typeof(CreatedContainer), typeof(ExitStatus), typeof(NetworkDetails),
        typeof(CreatedNetwork), typeof(ImageDetails), typeof(EngineEvent), typeof(ErrorAnswer), typeof(ProgressMessage),
    ];

    static readonly Type[] Bodies = [typeof(ContainerCreate), typeof(NetworkCreate), typeof(NetworkConnect), typeof(NetworkDisconnect)];

    public static TheoryData<string, Type> VersionsAndAnswers => Combine(Answers);

    public static TheoryData<string, Type> VersionsAndBodies => Combine(Bodies);

    [Theory]
    [MemberData(nameof(VersionsAndAnswers))]
    public void Every_field_that_a_version_has_and_that_is_wanted_is_read(string version, Type type)
    {
        var shape = Shape(version, type);
        var value = JsonSerializer.Deserialize(shape, EngineJsonContext.Default.GetTypeInfo(type)!);
        Assert.Empty(Unread(value!, shape.AsObject(), type.Name));
    }

    [Fact]
    public void Every_field_that_is_wanted_is_one_of_some_version()
    {
        foreach (var type in Answers.Concat(Bodies))
        {
            var unknown = Versions.Select(version => Unknown(type, Shape(version, type).AsObject(), type.Name).ToHashSet())
                .Aggregate((left, right) => [.. left.Intersect(right)]);
            Assert.Empty(unknown);
        }
    }

    [Theory]
    [MemberData(nameof(VersionsAndBodies))]
    public void Every_field_that_is_sent_is_one_of_each_version_but_those_that_came_or_went(string version, Type type)
    {
        string[] known = version switch
        {
            "1.40" or "1.41" or "1.44" => [],
            "1.47" => ["NetworkCreate.CheckDuplicate"],
            _ => ["NetworkCreate.CheckDuplicate", "ContainerCreate.MacAddress"],
        };
        Assert.DoesNotContain(Unknown(type, Shape(version, type).AsObject(), type.Name), field => !known.Contains(field));
    }

    [Theory]
    [MemberData(nameof(VersionsAndAnswers))]
    public void Answers_may_lack_any_field_and_have_others(string version, Type type)
    {
        var reader = EngineJsonContext.Default.GetTypeInfo(type)!;
        Assert.NotNull(JsonSerializer.Deserialize("{}", reader));

        var shape = Shape(version, type).AsObject();
        shape.Add("NewInALaterVersion", JsonNode.Parse("""{"deep":[1,"two",{"three":null}]}"""));
        Assert.NotNull(JsonSerializer.Deserialize(shape, reader));
        foreach (var field in shape.Select(entry => entry.Key).ToList())
        {
            shape[field] = null;
        }

        Assert.NotNull(JsonSerializer.Deserialize(shape, reader));
    }

    [Fact]
    public void States_that_are_not_known_survive()
    {
        var details = JsonSerializer.Deserialize("""{"State":{"Status":"hibernating"}}""", EngineJsonContext.Default.ContainerDetails);
        Assert.Equal("hibernating", details!.State!.Status);
    }

    static TheoryData<string, Type> Combine(Type[] types) =>
        [.. from version in Versions from type in types select new TheoryDataRow<string, Type>(version, type)];

    static JsonNode Shape(string version, Type type) =>
        JsonNode.Parse(File.ReadAllText(SourceTree.File($"tests/Decnet.Fleet.Docker.Tests/Api/Shapes/{version}.json")))![type.Name]!;

    static IEnumerable<(PropertyInfo Property, string Name)> Fields(Type type) =>
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        where property.GetCustomAttribute<JsonIgnoreAttribute>() is null
        select (property, property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name);

    /// <summary>The fields of a document that a model has, but that were not read into it.</summary>
    static IEnumerable<string> Unread(object value, JsonObject shape, string path)
    {
        foreach (var (property, name) in Fields(value.GetType()))
        {
            if (shape[name] is not { } expected)
            {
                continue;
            }

            var read = property.GetValue(value);
            if (read is null or ICollection { Count: 0 } && expected is not JsonObject { Count: 0 })
            {
                yield return $"{path}.{name}";
            }
            else if (IsModel(property.PropertyType))
            {
                foreach (var inner in Unread(read!, expected.AsObject(), $"{path}.{name}"))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The fields of a model that a document does not have.</summary>
    static IEnumerable<string> Unknown(Type type, JsonObject shape, string path)
    {
        foreach (var (property, name) in Fields(type))
        {
            if (!shape.ContainsKey(name))
            {
                yield return $"{path}.{name}";
            }
            else if (IsModel(property.PropertyType) && shape[name] is JsonObject inner)
            {
                foreach (var field in Unknown(property.PropertyType, inner, $"{path}.{name}"))
                {
                    yield return field;
                }
            }
        }
    }

    static bool IsModel(Type type) => !type.IsArray && type.Namespace == typeof(EngineVersion).Namespace;
}
