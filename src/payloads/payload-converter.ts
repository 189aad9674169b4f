// For the SDK, which loads it by path into the workflows' isolates: there a large job stays the reference that it came as.
// A workflow only hands it on, and many of them wait at once.
import {
  BinaryPayloadConverter,
  CompositePayloadConverter,
  JsonPayloadConverter,
  type Payload,
  RawValue,
  UndefinedPayloadConverter,
} from '@temporalio/common';

/** Of a payload that is a reference to one in the store. */
export const STORED_ENCODING = 'binary/braindrill-stored';

const storedPayloadConverter = {
  encodingType: STORED_ENCODING,
  /** Composite converters know raw values themselves. */
  toPayload: () => undefined,
  fromPayload: <T>(payload: Payload) => RawValue.fromPayload(payload) as T,
};

export const payloadConverter = new CompositePayloadConverter(
  new UndefinedPayloadConverter(),
  new BinaryPayloadConverter(),
  storedPayloadConverter,
  new JsonPayloadConverter(),
);
