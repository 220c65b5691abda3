// Wrong: counts the people for whom something fits, even if all of them want the same thing.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    cin >> n >> m;
    vector<int> a(n), b(m);
    for (int &x : a) cin >> x;
    for (int &x : b) cin >> x;
    int largest = *max_element(b.begin(), b.end()), matched = 0;
    for (int x : a) matched += x <= largest;
    cout << min(matched, m) << "\n";
}
