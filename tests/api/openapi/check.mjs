// Asks validators that are not Kontor's whether this is OpenAPI 3.1 and its schemas say what we do.
//
// node check.mjs <document> [<instances>], the instances a list of {component, valid, instance}.
// Prints what is wrong and ends with 1, or prints what was looked at and ends with 0.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const faults = [];
const [documentFile, instancesFile] = process.argv.slice(2);
const text = readFileSync(documentFile, "utf8");
const api = JSON.parse(text);

const verdict = await new Validator().validate(JSON.parse(text));
if (!verdict.valid) faults.push("no OpenAPI 3.1: " + JSON.stringify(verdict.errors, null, 1));

// Strict: an unknown keyword, a format nobody knows or a schema that contradicts itself throws.
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true,
                          allowUnionTypes: true });
addFormats.default(ajv);
ajv.addVocabulary(["components", "paths", "x-kontor-thing", "x-kontor-line",
                   "x-enum-descriptions", "x-personal"]);
ajv.addSchema({ $id: "kontor:api", components: api.components, paths: api.paths }, undefined,
              false, false);
const validators = new Map();
function validator(...path) {
    const pointer = path
        .map((part) => "/" + encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
        .join("");
    if (!validators.has(pointer)) {
        try {
            validators.set(pointer, ajv.compile({ $ref: "kontor:api#" + pointer }));
        } catch (error) {
            faults.push(pointer + ": " + error.message);
            validators.set(pointer, () => true);
        }
    }
    return validators.get(pointer);
}

// Every schema of the document compiles.
function compileAll(value, path) {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
        if (name === "example") continue;
        if (name === "schema") validator(...path, name);
        else compileAll(inner, [...path, name]);
    }
}
for (const name of Object.keys(api.components.schemas)) validator("components", "schemas", name);
compileAll(api.paths, ["paths"]);

let examples = 0;
const operations = new Set();
for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
        const where = method + " " + path;
        if (!operation.operationId || operations.has(operation.operationId))
            faults.push(where + ": no operationId of its own");
        operations.add(operation.operationId);
        const names = (operation.parameters ?? []).map((one) => one.in + " " + one.name);
        if (new Set(names).size !== names.length) faults.push(where + ": a parameter stands twice");
        for (const [type, content] of Object.entries(operation.requestBody?.content ?? {})) {
            if (content.example === undefined) continue;
            ++examples;
            const check = validator("paths", path, method, "requestBody", "content", type,
                                    "schema");
            if (!check(content.example))
                faults.push(where + ": its example is refused: " + ajv.errorsText(check.errors));
        }
    }
}

const instances = instancesFile ? JSON.parse(readFileSync(instancesFile, "utf8")) : [];
for (const { component, valid, instance } of instances) {
    const check = validator("components", "schemas", component);
    if (check(instance) !== valid)
        faults.push(component + (valid ? " refuses " + JSON.stringify(instance) + ": " +
                                 ajv.errorsText(check.errors)
                               : " allows " + JSON.stringify(instance)));
}

for (const fault of faults.slice(0, 20)) console.log(fault);
if (faults.length) process.exit(1);
console.log(`${operations.size} operations, ${validators.size} schemas, ${examples} examples, ` +
            `${instances.length} instances: all sound`);
