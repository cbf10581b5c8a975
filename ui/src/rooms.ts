// rooms.ts — every room: its address, the code it needs (fetched when it is entered), and where it stands in the places.
import type { Component } from 'svelte';
import type { Place } from '$lib/ui/places';
import { match, type Params } from './router.svelte';

/** How a room is framed: with the places around it, full screen, or a letter for who is not signed in. */
export type Frame = 'app' | 'full' | 'letter';

interface Room {
  pattern: string;
  frame: Frame;
  place?: Place;
  load: () => Promise<{ default: Component<{ params: Params }> | Component<Record<string, never>> }>;
}

const rooms: Room[] = [
  { pattern: '/', frame: 'app', place: 'today', load: () => import('$features/today/TodayRoom.svelte') },
  { pattern: '/welcome', frame: 'app', place: 'today', load: () => import('$features/welcome/WelcomeRoom.svelte') },
  { pattern: '/people', frame: 'app', place: 'people', load: () => import('$features/people/PeopleRoom.svelte') },
  { pattern: '/people/review', frame: 'app', place: 'people', load: () => import('$features/people/ReviewRoom.svelte') },
  { pattern: '/people/:id', frame: 'app', place: 'people', load: () => import('$features/people/PersonRoom.svelte') },
  { pattern: '/asks', frame: 'app', place: 'people', load: () => import('$features/asks/AsksRoom.svelte') },
  { pattern: '/asks/received/:id', frame: 'app', place: 'people', load: () => import('$features/introductions/ReceivedRoom.svelte') },
  { pattern: '/introductions/new', frame: 'app', place: 'people', load: () => import('$features/introductions/IntroduceRoom.svelte') },
  { pattern: '/introductions/:id', frame: 'app', place: 'people', load: () => import('$features/introductions/IntroductionRoom.svelte') },
  { pattern: '/asks/:id', frame: 'app', place: 'people', load: () => import('$features/asks/AskRoom.svelte') },
  { pattern: '/communities', frame: 'app', place: 'people', load: () => import('$features/communities/CommunitiesRoom.svelte') },
  { pattern: '/communities/:id', frame: 'app', place: 'people', load: () => import('$features/communities/CommunityRoom.svelte') },
  { pattern: '/import', frame: 'app', place: 'people', load: () => import('$features/imports/ImportRoom.svelte') },
  { pattern: '/meetings', frame: 'app', place: 'meetings', load: () => import('$features/meetings/MeetingsRoom.svelte') },
  { pattern: '/meetings/new', frame: 'app', place: 'meetings', load: () => import('$features/meetings/ProposeRoom.svelte') },
  { pattern: '/meetings/trips', frame: 'app', place: 'meetings', load: () => import('$features/trips/TripsRoom.svelte') },
  { pattern: '/meetings/trips/:id', frame: 'app', place: 'meetings', load: () => import('$features/trips/TripRoom.svelte') },
  { pattern: '/polls/new', frame: 'app', place: 'meetings', load: () => import('$features/polls/NewPollRoom.svelte') },
  { pattern: '/polls/:id', frame: 'app', place: 'meetings', load: () => import('$features/polls/PollRoom.svelte') },
  { pattern: '/meetings/:id', frame: 'app', place: 'meetings', load: () => import('$features/meetings/MeetingRoom.svelte') },
  { pattern: '/encounters/:id', frame: 'app', place: 'meetings', load: () => import('$features/meetings/EncounterRoom.svelte') },
  { pattern: '/around', frame: 'app', place: 'meetings', load: () => import('$features/around/AroundRoom.svelte') },
  { pattern: '/handshake', frame: 'full', place: 'handshake', load: () => import('$features/handshake/HandshakeRoom.svelte') },
  { pattern: '/h', frame: 'full', place: 'handshake', load: () => import('$features/handshake/HandshakeRoom.svelte') },
  { pattern: '/settings', frame: 'app', place: 'settings', load: () => import('$features/settings/SettingsRoom.svelte') },
  { pattern: '/settings/:part', frame: 'app', place: 'settings', load: () => import('$features/settings/SettingsRoom.svelte') },
];

/** Rooms that are open to who is not signed in. */
const doors: Room[] = [
  { pattern: '/setup', frame: 'letter', load: () => import('$features/welcome/SetUpRoom.svelte') },
  { pattern: '/sign-in', frame: 'letter', load: () => import('$features/welcome/SignInRoom.svelte') },
  { pattern: '/sign-up', frame: 'letter', load: () => import('$features/welcome/SignUpRoom.svelte') },
  { pattern: '/forgotten', frame: 'letter', load: () => import('$features/welcome/ForgottenRoom.svelte') },
  { pattern: '/reset', frame: 'letter', load: () => import('$features/welcome/ResetRoom.svelte') },
  { pattern: '/verify', frame: 'letter', load: () => import('$features/welcome/VerifyRoom.svelte') },
];

const lost: Omit<Room, 'pattern'> = { frame: 'app', load: () => import('$features/welcome/LostRoom.svelte') };

export interface Found {
  frame: Frame;
  place?: Place;
  load: Room['load'];
  params: Params;
  open: boolean;
}

export function findRoom(path: string): Found {
  for (const [list, open] of [[doors, true], [rooms, false]] as const)
    for (const room of list) {
      const params = match(room.pattern, path);
      if (params) return { ...room, params, open };
    }
  return { ...lost, params: {}, open: false };
}

/** What stands in the way when nobody is signed in: the sign-in, which leads back here. */
export function signInRoom(): Found {
  return { frame: 'letter', load: () => import('$features/welcome/SignInRoom.svelte'), params: {}, open: true };
}
