// main.ts — where the page starts.
import '$lib/ui/styles/tokens.css';
import '$lib/ui/styles/ground.css';
import '$lib/ui/styles/frame.css';
import '$lib/ui/styles/controls.css';
import '$lib/ui/styles/marks.css';
import { mount } from 'svelte';
import { startOffline } from '$lib/offline';
import { session } from '$lib/session.svelte';
import App from './App.svelte';
import { router } from './router.svelte';

router.start();
void session.start();
startOffline((path) => router.go(path));
mount(App, { target: document.getElementById('page')! });
