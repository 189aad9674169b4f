import { docker } from './service.js';

/** This machine as a build sees it, whose network is the engine's bridge or, where there is none, the machine's own. */
export async function addressForBuilds(): Promise<string> {
  const networks = await docker.listNetworks({ filters: { driver: ['bridge'] } });
  const [{ Gateway, Subnet } = {}] = networks.find(({ Name }) => Name === 'bridge')?.IPAM?.Config ?? [];
  // Some engines tell the network alone: the bridge has its first address.
  return Gateway ?? Subnet?.replace(/\.\d+\/\d+$/, '.1') ?? '127.0.0.1';
}
